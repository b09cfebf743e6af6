<xsl:template mode="l" match="cac:InvoiceDocumentReference[contains(cbc:DocumentTypeCode,'ADE')]">«l:returned_invoice»</xsl:template>
<xsl:template match="cac:InvoicePeriod"><xsl:apply-templates select="cbc:StartDate"/> – <xsl:apply-templates select="cbc:EndDate"/></xsl:template>
<xsl:template mode="l" match="cac:AdditionalDocumentReference"><xsl:value-of select="cbc:DocumentType"/><xsl:if test="not(cbc:DocumentType)">«l:attached_document»</xsl:if></xsl:template>
<xsl:template match="cac:PricingExchangeRate">1 <xsl:value-of select="concat(cbc:SourceCurrencyCode,' = ',format-number(cbc:CalculationRate,'«rate»'),' ',cbc:TargetCurrencyCode)"/><xsl:text> </xsl:text><xsl:apply-templates select="cbc:Date"/></xsl:template>
<xsl:template match="cac:ActualPackage"><xsl:value-of select="concat(cbc:ID,' ',cbc:Quantity,' ',cbc:PackagingTypeCode)"/></xsl:template>
<xsl:template mode="l" match="cac:AdditionalItemIdentification/cbc:ID"><xsl:value-of select="@schemeID"/></xsl:template>
<xsl:template mode="l" match="cac:AllowanceCharge"><xsl:choose><xsl:when test="cbc:ChargeIndicator='true'">«l:charge»</xsl:when><xsl:otherwise>«l:discount»</xsl:otherwise></xsl:choose><xsl:text> </xsl:text><xsl:value-of select="cbc:AllowanceChargeReason"/></xsl:template>
<xsl:template match="cac:AllowanceCharge"><xsl:apply-templates select="cbc:Amount"/></xsl:template>
<xsl:template mode="l" match="cac:TaxSubtotal"><xsl:value-of select="concat(cac:TaxCategory/cac:TaxScheme/cbc:Name,' ')"/><xsl:apply-templates select="cbc:Percent"/></xsl:template>
<xsl:template mode="l" match="cac:WithholdingTaxTotal/cac:TaxSubtotal">«l:withheld» <xsl:value-of select="concat(cac:TaxCategory/cac:TaxScheme/cbc:TaxTypeCode,' ',cac:TaxCategory/cac:TaxScheme/cbc:Name,' ')"/><xsl:apply-templates select="cbc:Percent"/></xsl:template>
<xsl:template match="cac:TaxSubtotal"><xsl:if test="../self::cac:WithholdingTaxTotal or contains('«deducted»',concat('|',cac:TaxCategory/cac:TaxScheme/cbc:TaxTypeCode,'|'))">−</xsl:if><xsl:apply-templates select="cbc:TaxAmount"/></xsl:template>
