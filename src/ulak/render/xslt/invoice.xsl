<xsl:template mode="l" match="cac:InvoiceDocumentReference[contains(cbc:DocumentTypeCode,'ADE')]">«l:returned_invoice»</xsl:template>
<xsl:template match="cac:InvoicePeriod"><xsl:apply-templates select="cbc:StartDate"/> – <xsl:apply-templates select="cbc:EndDate"/></xsl:template>
<xsl:template mode="l" match="cac:AdditionalDocumentReference[cbc:DocumentType='SendingType']" priority="2">«l:sending»</xsl:template>
<xsl:template match="cac:AdditionalDocumentReference[cbc:DocumentType='SendingType']" priority="2"><xsl:choose><xsl:when test="cbc:DocumentTypeCode='KAGIT'">«l:KAGIT»</xsl:when><xsl:otherwise>«l:ELEKTRONIK»</xsl:otherwise></xsl:choose></xsl:template>
<xsl:template mode="l" match="cac:AdditionalDocumentReference"><xsl:value-of select="cbc:DocumentType"/><xsl:if test="not(cbc:DocumentType)">«l:attached_document»</xsl:if></xsl:template>
<xsl:template match="cac:PricingExchangeRate">1 <xsl:value-of select="concat(cbc:SourceCurrencyCode,' = ',format-number(cbc:CalculationRate,'«rate»'),' ',cbc:TargetCurrencyCode,' ')"/><xsl:apply-templates select="cbc:Date"/></xsl:template>
<xsl:template match="cac:ActualPackage"><xsl:value-of select="concat(cbc:ID,' ',cbc:Quantity,' ',cbc:PackagingTypeCode)"/></xsl:template>
<xsl:template mode="l" match="cac:AllowanceCharge"><xsl:choose><xsl:when test="cbc:ChargeIndicator='true'">«q:charge»</xsl:when><xsl:otherwise>«q:discount»</xsl:otherwise></xsl:choose> <xsl:value-of select="cbc:AllowanceChargeReason"/></xsl:template>
<xsl:template match="cac:AllowanceCharge"><xsl:apply-templates select="cbc:Amount"/></xsl:template>
<xsl:template match="cac:TaxCategory"><xsl:value-of select="concat(cbc:TaxExemptionReasonCode,' ',cbc:TaxExemptionReason)"/></xsl:template>
<xsl:template mode="l" match="cac:TaxSubtotal"><xsl:if test="../self::cac:WithholdingTaxTotal">«q:withheld» <xsl:value-of select=".//cbc:TaxTypeCode"/> </xsl:if><xsl:value-of select="concat(.//cac:TaxScheme/cbc:Name,' ')"/><xsl:apply-templates select="cbc:Percent"/></xsl:template>
<xsl:template match="cac:TaxSubtotal"><xsl:if test="../self::cac:WithholdingTaxTotal or contains('«deducted»',concat('|',.//cbc:TaxTypeCode,'|'))">−</xsl:if><xsl:apply-templates select="cbc:TaxAmount"/></xsl:template>
