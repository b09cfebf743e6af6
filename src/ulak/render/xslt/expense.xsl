<xsl:template mode="l" match="cac:InvoiceDocumentReference" priority="3">«l:returned_sale»</xsl:template>
<xsl:template match="cac:InvoiceDocumentReference" priority="3"><xsl:value-of select="concat(substring-before(substring-after('«originals»',concat('|',cbc:ID/@schemeID,':')),'|'),' ',cbc:ID,' ')"/><xsl:apply-templates select="cbc:IssueDate"/></xsl:template>
