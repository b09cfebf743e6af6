<xsl:template match="*" mode="f"><tr><th><xsl:apply-templates mode="l" select="."/></th><td><xsl:apply-templates select="."/></td></tr></xsl:template>
<xsl:template match="*" mode="s"><div class="s"><xsl:apply-templates mode="l" select="."/><xsl:text> </xsl:text><xsl:apply-templates select="."/></div></xsl:template>
<xsl:template match="*" mode="l"><xsl:value-of select="substring-before(substring-after('«names»',concat('|',local-name(),':')),'|')"/></xsl:template>
<xsl:template match="cbc:ID" mode="l"><xsl:apply-templates mode="l" select=".."/></xsl:template>
<xsl:template match="*" mode="n"><xsl:value-of select="format-number(.,'«money»')"/></xsl:template>
<xsl:template match="*[@currencyID]"><xsl:apply-templates mode="n" select="."/><xsl:text> </xsl:text><xsl:apply-templates select="@currencyID"/></xsl:template>
<xsl:template match="@currencyID"><xsl:choose><xsl:when test=".='TRY'">TL</xsl:when><xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></xsl:template>
<xsl:template match="*[@unitCode]"><xsl:variable name="unit" select="substring-before(substring-after('«units»',concat('|',@unitCode,':')),'|')"/><xsl:value-of select="format-number(.,'«number»')"/><xsl:text> </xsl:text><xsl:value-of select="$unit"/><xsl:if test="not($unit)"><xsl:value-of select="@unitCode"/></xsl:if></xsl:template>
<xsl:template match="cbc:IssueDate|cbc:PaymentDueDate|cbc:StartDate|cbc:EndDate|cbc:ActualDespatchDate|cbc:ActualDeliveryDate|cbc:Date|cbc:LatestDeliveryDate"><xsl:value-of select="concat(substring(.,9,2),'.',substring(.,6,2),'.',substring(.,1,4))"/></xsl:template>
<xsl:template match="cbc:IssueTime|cbc:ActualDespatchTime|cbc:ActualDeliveryTime"><xsl:value-of select="substring(.,1,5)"/></xsl:template>
<xsl:template match="cbc:Percent"><xsl:value-of select="concat('%',format-number(.,'«percent»'))"/></xsl:template>
<xsl:template match="*" mode="p">
<b class="n"><xsl:value-of select="cac:PartyName/cbc:Name"/><xsl:if test="not(normalize-space(cac:PartyName/cbc:Name))"><xsl:apply-templates select="cac:Person"/></xsl:if></b>
<xsl:apply-templates select="cac:PostalAddress"/>
<xsl:for-each select="cac:PartyTaxScheme/cac:TaxScheme/cbc:Name[.!='']"><div><i>«l:tax_office»</i><xsl:text> </xsl:text><xsl:value-of select="."/></div></xsl:for-each>
<xsl:for-each select="cac:PartyIdentification/cbc:ID[.!='']"><div><i><xsl:value-of select="@schemeID"/></i><xsl:text> </xsl:text><xsl:value-of select="."/></div></xsl:for-each>
<xsl:for-each select="cac:PartyLegalEntity/cbc:CompanyID[.!='']|cac:Person/cbc:NationalityID[.!='']|cac:Person/cac:IdentityDocumentReference/cbc:ID|cac:Contact/cbc:Telephone[.!='']|cac:Contact/cbc:Telefax[.!='']|cac:Contact/cbc:ElectronicMail[.!='']|cbc:WebsiteURI[.!='']|cac:AgentParty/cac:PartyName"><div><i><xsl:apply-templates mode="l" select="."/></i><xsl:text> </xsl:text><xsl:value-of select="."/></div></xsl:for-each>
</xsl:template>
<xsl:template match="cac:Person|cac:DriverPerson"><xsl:value-of select="normalize-space(concat(cbc:Title,' ',cbc:FirstName,' ',cbc:MiddleName,' ',cbc:FamilyName,' ',cbc:NameSuffix))"/></xsl:template>
<xsl:template match="cac:PostalAddress|cac:DeliveryAddress|cac:DespatchAddress"><div><xsl:value-of select="normalize-space(concat(cbc:StreetName,' ',cbc:BlockName,' ',cbc:BuildingName,' ',cbc:BuildingNumber,' ',cbc:Room))"/></div><div><xsl:value-of select="normalize-space(concat(cbc:Region,' ',cbc:District,' ',cbc:PostalZone,' ',cbc:CitySubdivisionName,' ',cbc:CityName,' ',cac:Country/cbc:Name))"/></div></xsl:template>
<xsl:template match="cac:*[contains(local-name(),'Reference')]"><xsl:value-of select="concat(cbc:ID,' ')"/><xsl:apply-templates select="cbc:IssueDate"/><xsl:text> </xsl:text><xsl:value-of select="cbc:DocumentDescription"/></xsl:template>
