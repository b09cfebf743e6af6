<xsl:apply-templates mode="f" select="cac:LegalMonetaryTotal/cbc:LineExtensionAmount"/>
<xsl:apply-templates mode="f" select="cac:AllowanceCharge|*/cbc:AllowanceTotalAmount[.!=0]|*/cbc:ChargeTotalAmount[.!=0]"/>
<xsl:apply-templates mode="f" select="cac:TaxTotal/cac:TaxSubtotal"/>
<xsl:apply-templates mode="f" select="*/cbc:TaxInclusiveAmount"/>
<xsl:apply-templates mode="f" select="cac:WithholdingTaxTotal/cac:TaxSubtotal|*/cbc:PayableRoundingAmount[.!=0]"/>
<xsl:for-each select="*/cbc:PayableAmount"><tr class="z"><th><xsl:apply-templates mode="l" select="."/></th><td><xsl:apply-templates select="."/></td></tr></xsl:for-each>
