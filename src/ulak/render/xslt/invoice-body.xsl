<xsl:variable name="net" select="cbc:Note[starts-with(.,'Bu satış internet')]"/><xsl:variable name="code" select="*[cac:Item/cac:SellersItemIdentification][1]"/><xsl:variable name="off" select="*[cac:Item][cac:AllowanceCharge/cbc:ChargeIndicator='false'][1]"/>
<table class="h"><tr>
<td><h2>«to_label»</h2><xsl:apply-templates mode="p" select="cac:AccountingCustomerParty/cac:Party"/>
<xsl:for-each select="cac:BuyerCustomerParty|cac:TaxRepresentativeParty|cac:SellerSupplierParty|cac:Delivery/cac:CarrierParty|cac:Delivery/cac:DeliveryParty"><p/><h2><xsl:apply-templates mode="l" select="."/></h2><xsl:apply-templates mode="p" select="cac:Party|self::*[not(cac:Party)]"/></xsl:for-each></td>
<td><table class="f"><xsl:apply-templates mode="f" select="cbc:ID"/><xsl:apply-templates mode="f" select="cbc:ProfileID|cbc:IssueDate|cbc:IssueTime|«type_code»|cbc:AccountingCost|cac:InvoicePeriod|cac:OrderReference|cac:BillingReference/*|cac:DespatchDocumentReference|cac:ReceiptDocumentReference|cac:OriginatorDocumentReference|cac:ContractDocumentReference|cac:AdditionalDocumentReference[not(cac:Attachment/cbc:*)]|cac:Delivery/cbc:ActualDeliveryDate|cac:PaymentMeans[not($net)]/cbc:PaymentDueDate|«?signed»cac:AccountingCustomerParty/cac:Party/cac:Contact/cbc:ID|«/signed»cac:PricingExchangeRate"/><xsl:apply-templates mode="f" select="cbc:UUID"/></table></td>
</tr></table>
<div class="w"><table class="g"><thead><tr>
<th>«l:line»</th>«?code»<xsl:if test="$code"><th>«l:code»</th></xsl:if>«/code»<th>«item_label»</th>«?description»<th>«l:description»</th>«/description»«?quantity»<th class="r">«l:quantity»</th>«/quantity»«?unit_price»<th class="r">«l:unit_price»</th>«/unit_price»«?discount»<xsl:if test="$off"><th class="r">«l:discount»</th></xsl:if>«/discount»«?vat_rate»<th class="r">«l:vat_rate»</th>«/vat_rate»«?vat_amount»<th class="r">«l:vat_amount»</th>«/vat_amount»«?other_taxes»<th class="r">«l:other_taxes»</th>«/other_taxes»«?amount»<th class="r">«l:amount»</th>«/amount»
</tr></thead><tbody>
<xsl:for-each select="«line»"><xsl:variable name="vat" select="cac:TaxTotal/*[.//cbc:TaxTypeCode='0015']"/><tr>
<td><xsl:value-of select="cbc:ID"/></td>
«?code»<xsl:if test="$code"><td><xsl:value-of select="cac:Item/cac:SellersItemIdentification/cbc:ID"/></td></xsl:if>«/code»
<td><b><xsl:value-of select="cac:Item/cbc:Name"/></b><div class="s">
<xsl:apply-templates mode="s" select="«!description»cac:Item/cbc:Description|«/description»«!code»cac:Item/cac:SellersItemIdentification/cbc:ID|«/code»cbc:Note|cac:OrderLineReference/cbc:LineID|cac:Item/cbc:BrandName|cac:Item/cbc:ModelName|cac:Item/cac:BuyersItemIdentification/cbc:ID|cac:Item/cac:ManufacturersItemIdentification/cbc:ID|cac:Item/cac:AdditionalItemIdentification/cbc:ID|cac:Item//cbc:ItemClassificationCode|cac:Item/cac:OriginCountry|cac:Item/cac:ItemInstance/cbc:*|cac:Delivery//cbc:RequiredCustomsID|cac:Delivery//cbc:TransportModeCode|cac:Delivery/cac:DeliveryTerms/cbc:ID|cac:Delivery/cac:DeliveryAddress|cac:Delivery//cac:ActualPackage|cac:AllowanceCharge«?discount»[cbc:ChargeIndicator='true' or cbc:AllowanceChargeReason]«/discount»|.//cbc:TaxExemptionReasonCode|«!other_taxes»cac:TaxTotal/*[.//cbc:TaxTypeCode!='0015']|«/other_taxes»cac:WithholdingTaxTotal/cac:TaxSubtotal"/></div></td>
«?description»<td><xsl:value-of select="cac:Item/cbc:Description"/></td>«/description»
«?quantity»<td class="r"><xsl:apply-templates select="*[@unitCode]"/></td>«/quantity»
«?unit_price»<td class="r"><xsl:for-each select="cac:Price/*"><xsl:value-of select="format-number(.,'«price»')"/></xsl:for-each></td>«/unit_price»
«?discount»<xsl:if test="$off"><td class="r"><xsl:if test="cac:AllowanceCharge[cbc:ChargeIndicator='false']"><xsl:value-of select="format-number(sum(cac:AllowanceCharge[cbc:ChargeIndicator='false']/cbc:Amount),'«money»')"/></xsl:if></td></xsl:if>«/discount»
«?vat_rate»<td class="r"><xsl:apply-templates select="$vat/cbc:Percent"/></td>«/vat_rate»
«?vat_amount»<td class="r"><xsl:apply-templates mode="n" select="$vat/cbc:TaxAmount"/></td>«/vat_amount»
«?other_taxes»<td class="r"><xsl:apply-templates mode="s" select="cac:TaxTotal/*[.//cbc:TaxTypeCode!='0015']"/></td>«/other_taxes»
«?amount»<td class="r"><xsl:apply-templates mode="n" select="cbc:LineExtensionAmount"/></td>«/amount»
</tr></xsl:for-each>
</tbody></table></div>
<table class="h"><tr><td>
«?words»<xsl:for-each select="*/cbc:PayableAmount[not(../../cbc:Note[contains(translate(.,'yalnızi','YALNIZI'),'YALNIZ')])]">«words_calls»</xsl:for-each>«/words»
<div class="s"><xsl:apply-templates mode="s" select="cac:TaxTotal/*/cac:TaxCategory[cbc:TaxExemptionReasonCode]|cac:PaymentMeans//cbc:ID|cac:PaymentMeans//cbc:Name|cac:PaymentMeans//cbc:PaymentNote|cac:PaymentMeans[not($net)]/cbc:InstructionNote|cac:PaymentTerms/cbc:*|cac:Delivery/cac:DeliveryAddress"/>
«?archive»<xsl:if test="contains(cbc:ProfileID,'EARSIV')"><p>«l:made_electronically» «?platform»«l:original_at» «platform». «/platform»«l:asked_at»</p></xsl:if>«/archive»</div>
</td><td><table class="f t">«totals»</table>
<xsl:if test="*/cbc:TargetCurrencyCode='TRY'"><table class="f t"><tr><th colspan="2"><br/><h2>«l:in_lira»</h2></th></tr><xsl:for-each select="cac:TaxTotal/cbc:TaxAmount|*/cbc:PayableAmount"><tr><th><xsl:apply-templates mode="l" select="."/></th><td><xsl:value-of select="concat(format-number(. * ../../cac:PricingExchangeRate/cbc:CalculationRate,'«money»'),' TL')"/></td></tr></xsl:for-each></table></xsl:if>
</td></tr></table>
«?internet»<xsl:if test="$net and cbc:ProfileID='EARSIVFATURA'"><div class="b"><h2>«l:internet»</h2><table class="f m"><xsl:apply-templates mode="f" select="cac:AccountingSupplierParty/*/cbc:WebsiteURI"/>
<xsl:for-each select="cac:PaymentMeans[cbc:InstructionNote][1]"><xsl:variable name="p" select="substring-before(substring-after('«payments»',concat('|',cbc:InstructionNote,':')),'|')"/><tr><th>«l:payment_means»</th><td><xsl:value-of select="concat($p,substring(cbc:InstructionNote,1 div ($p='')))"/></td></tr>
<xsl:for-each select="cbc:PaymentDueDate"><tr><th>«l:paid_on»</th><td><xsl:apply-templates select="."/></td></tr></xsl:for-each><xsl:apply-templates mode="f" select="cbc:PaymentChannelCode|../cac:Delivery/*/cbc:ActualDespatchDate"/></xsl:for-each></table></div>
<div class="b"><h2>«l:return_form»</h2><p>«l:returned_item»</p><br/><hr/><p>«l:returner»</p><br/><hr/></div></xsl:if>«/internet»
«?signed»<xsl:if test="not(cac:AccountingCustomerParty/cac:Party/cac:Contact/cbc:ID)"><div class="b r"><h2>«signer_label»</h2><br/><br/><hr/></div></xsl:if>«/signed»
