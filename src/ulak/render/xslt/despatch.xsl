<xsl:template mode="l" match="cac:AdditionalDocumentReference"><xsl:choose><xsl:when test="cbc:DocumentTypeCode='DespatchAdviceID'">«l:despatch_number»</xsl:when><xsl:otherwise><xsl:value-of select="cbc:DocumentType"/></xsl:otherwise></xsl:choose></xsl:template>
<xsl:template match="cac:Despatch"><xsl:apply-templates select="cbc:ActualDespatchDate"/><xsl:text> </xsl:text><xsl:apply-templates select="cbc:ActualDespatchTime"/></xsl:template>
<xsl:template match="cac:Shipment/cac:Delivery/cbc:ActualDeliveryDate" priority="2"><xsl:value-of select="concat(substring(.,9,2),'.',substring(.,6,2),'.',substring(.,1,4),' ',substring(../cbc:ActualDeliveryTime,1,5))"/></xsl:template>
<xsl:template match="cac:DriverPerson" priority="2"><xsl:value-of select="normalize-space(concat(cbc:FirstName,' ',cbc:FamilyName,' ',cbc:NationalityID))"/></xsl:template>
<xsl:template mode="l" match="cac:AdditionalItemIdentification/cbc:ID"><xsl:value-of select="@schemeID"/></xsl:template>
