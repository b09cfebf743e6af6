<xsl:template match="*" mode="f"><tr><th><xsl:apply-templates mode="l" select="."/></th><td><xsl:apply-templates select="."/></td></tr></xsl:template>
<xsl:template match="*" mode="s"><xsl:if test=".!=''"><div><i><xsl:apply-templates mode="l" select="."/></i> <xsl:apply-templates select="."/></div></xsl:if></xsl:template>
<xsl:template match="*" mode="l"><xsl:value-of select="substring-before(substring-after('«names»',concat('|',local-name(),':')),'|')"/></xsl:template>
<xsl:template match="cbc:ID" mode="l"><xsl:apply-templates mode="l" select=".."/></xsl:template>
<xsl:template match="cbc:ID[@schemeID]" mode="l"><xsl:value-of select="@schemeID"/></xsl:template>
<xsl:template match="*" mode="n"><xsl:value-of select="format-number(.,'«money»')"/></xsl:template>
<xsl:template match="*[@currencyID]"><xsl:value-of select="concat(format-number(.,'«money»'),' ',substring('TL',1 div (@currencyID='TRY')),substring(@currencyID,1 div (@currencyID!='TRY')))"/></xsl:template>
<xsl:template match="*[@unitCode]"><xsl:variable name="u" select="substring-before(substring-after('«units»',concat('|',@unitCode,':')),'|')"/><xsl:value-of select="concat(format-number(.,'«number»'),' ',$u,substring(@unitCode,1 div ($u='')))"/></xsl:template>
<xsl:template match="cbc:*[contains(local-name(),'Date')]"><xsl:value-of select="concat(substring(.,9,2),'.',substring(.,6,2),'.',substring(.,1,4))"/></xsl:template>
<xsl:template match="cbc:*[contains(local-name(),'Time')]"><xsl:value-of select="substring(.,1,5)"/></xsl:template>
<xsl:template match="cbc:Percent"><xsl:value-of select="concat('%',format-number(.,'«percent»'))"/></xsl:template>
<xsl:template match="*" mode="p">
<b class="n"><xsl:value-of select="cac:PartyName/cbc:Name"/><xsl:if test="not(cac:PartyName/cbc:Name!='')"><xsl:apply-templates select="cac:Person"/></xsl:if></b>
<xsl:apply-templates select="cac:PostalAddress"/>
<xsl:apply-templates mode="s" select="cac:PartyTaxScheme/cac:TaxScheme/cbc:Name|cac:PartyIdentification/cbc:ID[@schemeID!='PARTYTYPE' and not(contains(@schemeID,'ETIKET'))]|cac:PartyLegalEntity/cbc:CompanyID|cac:Person/cbc:NationalityID|cac:Person/*/cbc:ID|cac:Contact/cbc:Telephone|cac:Contact/cbc:Telefax|cac:Contact/cbc:ElectronicMail|cbc:WebsiteURI|cac:AgentParty/cac:PartyName"/>
</xsl:template>
<xsl:template match="cac:Person|cac:DriverPerson"><xsl:value-of select="normalize-space(concat(cbc:Title,' ',cbc:FirstName,' ',cbc:MiddleName,' ',cbc:FamilyName,' ',cbc:NameSuffix,' ',self::cac:DriverPerson/cbc:NationalityID))"/></xsl:template>
<xsl:template match="cac:PostalAddress|cac:DeliveryAddress|cac:DespatchAddress"><div><xsl:value-of select="normalize-space(concat(cbc:StreetName,' ',cbc:BlockName,' ',cbc:BuildingName,' ',cbc:BuildingNumber,' ',cbc:Room))"/></div><div><xsl:value-of select="normalize-space(concat(cbc:Region,' ',cbc:District,' ',cbc:PostalZone,' ',cbc:CitySubdivisionName,' ',cbc:CityName,' ',cac:Country/cbc:Name))"/></div></xsl:template>
<xsl:template match="cac:*[contains(local-name(),'Reference')]"><xsl:value-of select="concat(cbc:ID,' ')"/><xsl:apply-templates select="cbc:IssueDate"/> <xsl:value-of select="cbc:DocumentDescription"/></xsl:template>
