<table class="h"><tr>
<td><h2>«to_label»</h2><xsl:apply-templates mode="p" select="cac:AccountingCustomerParty/cac:Party"/>
«?invoice»<xsl:for-each select="cac:BuyerCustomerParty|cac:TaxRepresentativeParty|cac:SellerSupplierParty"><p></p><h2><xsl:apply-templates mode="l" select="."/></h2><xsl:apply-templates mode="p" select="cac:Party|self::*[not(cac:Party)]"/></xsl:for-each>«/invoice»</td>
<td><table class="f"><xsl:apply-templates mode="f" select="cbc:ID"/><xsl:apply-templates mode="f" select="cbc:ProfileID|cbc:IssueDate|cbc:IssueTime|«type_code»|cbc:AccountingCost|cac:InvoicePeriod|cac:OrderReference|cac:BillingReference/*|cac:DespatchDocumentReference|cac:ReceiptDocumentReference|cac:OriginatorDocumentReference|cac:ContractDocumentReference|cac:AdditionalDocumentReference[not(cac:Attachment/cbc:EmbeddedDocumentBinaryObject)]|cac:Delivery/cbc:ActualDeliveryDate|cac:PaymentMeans/cbc:PaymentDueDate|cac:PricingExchangeRate"/><xsl:apply-templates mode="f" select="cbc:UUID"/></table></td>
</tr></table>
<div class="w"><table class="g"><thead><tr>
<th>«l:line»</th>«?code»<th>«l:code»</th>«/code»<th>«item_label»</th>«?description»<th>«l:description»</th>«/description»«?quantity»<th class="r">«l:quantity»</th>«/quantity»«?unit_price»<th class="r">«l:unit_price»</th>«/unit_price»«?discount»<th class="r">«l:discount»</th>«/discount»«?vat_rate»<th class="r">«l:vat_rate»</th>«/vat_rate»«?vat_amount»<th class="r">«l:vat_amount»</th>«/vat_amount»«?other_taxes»<th class="r">«l:other_taxes»</th>«/other_taxes»«?amount»<th class="r">«l:amount»</th>«/amount»
</tr></thead><tbody>
<xsl:for-each select="«line»"><xsl:variable name="vat" select="cac:TaxTotal/cac:TaxSubtotal[cac:TaxCategory/cac:TaxScheme/cbc:TaxTypeCode='0015']"/><tr>
<td><xsl:value-of select="cbc:ID"/></td>
«?code»<td><xsl:value-of select="cac:Item/cac:SellersItemIdentification/cbc:ID"/></td>«/code»
<td><b><xsl:value-of select="cac:Item/cbc:Name"/></b>
<xsl:apply-templates mode="s" select="«!description»cac:Item/cbc:Description[.!='']|«/description»«!code»cac:Item/cac:SellersItemIdentification/cbc:ID[.!='']|«/code»cbc:Note[.!='']|cac:OrderLineReference/cbc:LineID[.!='']|cac:Item/cbc:BrandName[.!='']|cac:Item/cbc:ModelName[.!='']|cac:Item/cac:BuyersItemIdentification/cbc:ID[.!='']|cac:Item/cac:ManufacturersItemIdentification/cbc:ID[.!='']|cac:Item/cac:AdditionalItemIdentification/cbc:ID[.!='']|cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode|cac:Item/cac:OriginCountry/cbc:Name|cac:Item/cac:ItemInstance/cbc:*|cac:Delivery/cac:DeliveryTerms/cbc:ID|cac:Delivery/cac:DeliveryAddress|cac:Delivery/cac:Shipment/cac:GoodsItem/cbc:RequiredCustomsID|cac:Delivery/cac:Shipment/cac:ShipmentStage/cbc:TransportModeCode|cac:Delivery/cac:Shipment/cac:TransportHandlingUnit/cac:ActualPackage|cac:AllowanceCharge«?discount»[cbc:ChargeIndicator='true' or cbc:AllowanceChargeReason]«/discount»|cac:TaxTotal/cac:TaxSubtotal[cac:TaxCategory/cbc:TaxExemptionReasonCode«!other_taxes» or cac:TaxCategory/cac:TaxScheme/cbc:TaxTypeCode!='0015'«/other_taxes»]|cac:WithholdingTaxTotal/cac:TaxSubtotal"/></td>
«?description»<td><xsl:value-of select="cac:Item/cbc:Description"/></td>«/description»
«?quantity»<td class="r"><xsl:apply-templates select="cbc:InvoicedQuantity|cbc:CreditedQuantity"/></td>«/quantity»
«?unit_price»<td class="r"><xsl:for-each select="cac:Price/cbc:PriceAmount"><xsl:value-of select="format-number(.,'«price»')"/></xsl:for-each></td>«/unit_price»
«?discount»<td class="r"><xsl:if test="cac:AllowanceCharge[cbc:ChargeIndicator='false']"><xsl:value-of select="format-number(sum(cac:AllowanceCharge[cbc:ChargeIndicator='false']/cbc:Amount),'«money»')"/></xsl:if></td>«/discount»
«?vat_rate»<td class="r"><xsl:apply-templates select="$vat/cbc:Percent"/></td>«/vat_rate»
«?vat_amount»<td class="r"><xsl:apply-templates mode="n" select="$vat/cbc:TaxAmount"/></td>«/vat_amount»
«?other_taxes»<td class="r"><xsl:for-each select="cac:TaxTotal/cac:TaxSubtotal[cac:TaxCategory/cac:TaxScheme/cbc:TaxTypeCode!='0015']"><div><xsl:apply-templates mode="l" select="."/><xsl:text> </xsl:text><xsl:apply-templates mode="n" select="cbc:TaxAmount"/></div></xsl:for-each></td>«/other_taxes»
«?amount»<td class="r"><xsl:apply-templates mode="n" select="cbc:LineExtensionAmount"/></td>«/amount»
</tr></xsl:for-each>
</tbody></table></div>
<table class="h"><tr><td>
«?words»<xsl:for-each select="cac:LegalMonetaryTotal/cbc:PayableAmount[not(../../cbc:Note[contains(translate(.,'yalnızi','YALNIZI'),'YALNIZ')])]">«words_calls»</xsl:for-each>«/words»
<xsl:for-each select="cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory[cbc:TaxExemptionReasonCode]"><div class="s"><i>«l:exemption»</i><xsl:text> </xsl:text><xsl:value-of select="concat(cbc:TaxExemptionReasonCode,' ',cbc:TaxExemptionReason)"/></div></xsl:for-each>
<xsl:for-each select="cac:PaymentMeans"><div class="s"><i>«l:payment»</i><xsl:text> </xsl:text><xsl:value-of select="normalize-space(concat(cac:PayeeFinancialAccount/cbc:ID,' ',cac:PayeeFinancialAccount/cbc:CurrencyCode,' ',cac:PayeeFinancialAccount/cbc:PaymentNote,' ',cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cac:FinancialInstitution/cbc:Name,' ',cbc:InstructionNote))"/></div></xsl:for-each>
<xsl:for-each select="cac:PaymentTerms"><div class="s"><i>«l:payment_terms»</i><xsl:text> </xsl:text><xsl:value-of select="cbc:Note"/><xsl:text> </xsl:text><xsl:apply-templates select="cbc:PenaltySurchargePercent|cbc:Amount"/></div></xsl:for-each>
<xsl:for-each select="cac:Delivery/cac:DeliveryAddress"><div class="s"><i>«l:delivery_address»</i><xsl:text> </xsl:text><xsl:apply-templates select="."/></div></xsl:for-each>
«?archive»<xsl:if test="cbc:ProfileID='EARSIVFATURA' or cbc:ProfileID='EARSIVBELGE'"><div class="s">«l:made_electronically»«?platform» «platform»«/platform»</div></xsl:if>«/archive»
</td><td><table class="f t">«totals»</table>
<xsl:if test="cac:PricingExchangeRate/cbc:TargetCurrencyCode='TRY'"><h2>«l:in_lira»</h2><table class="f t"><xsl:variable name="rate" select="cac:PricingExchangeRate/cbc:CalculationRate"/><xsl:for-each select="cac:LegalMonetaryTotal/cbc:LineExtensionAmount|cac:TaxTotal/cbc:TaxAmount|cac:LegalMonetaryTotal/cbc:PayableAmount"><tr><th><xsl:apply-templates mode="l" select="."/></th><td><xsl:value-of select="concat(format-number(. * $rate,'«money»'),' TL')"/></td></tr></xsl:for-each></table></xsl:if>
</td></tr></table>
