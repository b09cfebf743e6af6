<xsl:apply-templates mode="f" select="cac:LegalMonetaryTotal/cbc:LineExtensionAmount"/>
<xsl:apply-templates mode="f" select="cac:AllowanceCharge"/>
<xsl:apply-templates mode="f" select="cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount[. &gt; 0]|cac:LegalMonetaryTotal/cbc:ChargeTotalAmount[. &gt; 0]"/>
<xsl:apply-templates mode="f" select="cac:TaxTotal/cac:TaxSubtotal"/>
<xsl:apply-templates mode="f" select="cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount"/>
<xsl:apply-templates mode="f" select="cac:WithholdingTaxTotal/cac:TaxSubtotal"/>
<xsl:apply-templates mode="f" select="cac:LegalMonetaryTotal/cbc:PayableRoundingAmount[.!=0]"/>
<xsl:for-each select="cac:LegalMonetaryTotal/cbc:PayableAmount"><tr class="z"><th><xsl:apply-templates mode="l" select="."/></th><td><xsl:apply-templates select="."/></td></tr></xsl:for-each>
