<xsl:variable name="code" select="*[cac:Item/cac:SellersItemIdentification][1]"/>
<table class="h"><tr>
<td><h2>«l:to»</h2><xsl:apply-templates mode="p" select="«to»/cac:Party"/>
<xsl:for-each select="cac:BuyerCustomerParty|cac:SellerSupplierParty|cac:OriginatorCustomerParty"><p></p><h2><xsl:apply-templates mode="l" select="."/></h2><xsl:apply-templates mode="p" select="cac:Party"/></xsl:for-each></td>
<td><table class="f"><xsl:apply-templates mode="f" select="cbc:ID"/><xsl:apply-templates mode="f" select="cbc:ProfileID|cbc:IssueDate|cbc:IssueTime|cbc:DespatchAdviceTypeCode|cbc:ReceiptAdviceTypeCode|cac:OrderReference|cac:DespatchDocumentReference|cac:AdditionalDocumentReference[not(cac:Attachment/cbc:EmbeddedDocumentBinaryObject)]"/><xsl:apply-templates mode="f" select="cbc:UUID"/></table></td>
</tr></table>
<xsl:for-each select="cac:Shipment"><div class="b"><h2>«l:shipment»</h2><table class="h"><tr><td><table class="f t m">
<xsl:apply-templates mode="f" select="cac:Delivery/cac:Despatch|cac:Delivery/cbc:ActualDeliveryDate|cac:ShipmentStage/cac:TransportMeans/cac:RoadTransport/cbc:LicensePlateID|cac:TransportHandlingUnit/cac:TransportEquipment/cbc:ID|cac:ShipmentStage/cac:DriverPerson|cac:GoodsItem/cbc:ValueAmount|cac:Consignment/cbc:TotalInvoiceAmount|cac:Delivery/cac:DeliveryAddress|cac:Delivery/cac:Despatch/cac:DespatchAddress"/>
</table></td><td><xsl:for-each select="cac:Delivery/cac:CarrierParty"><h2>«l:carrier»</h2><xsl:apply-templates mode="p" select="."/></xsl:for-each></td></tr></table></div></xsl:for-each>
«quantity_variables»<div class="w"><table class="g"><thead><tr><th>«l:line»</th>«?code»<xsl:if test="$code"><th>«l:code»</th></xsl:if>«/code»<th>«l:item»</th>«quantity_heads»</tr></thead><tbody>
<xsl:for-each select="«line»"><tr><td><xsl:value-of select="cbc:ID"/></td>«?code»<xsl:if test="$code"><td><xsl:value-of select="cac:Item/cac:SellersItemIdentification/cbc:ID"/></td></xsl:if>«/code»
<td><b><xsl:value-of select="cac:Item/cbc:Name"/></b><div class="s"><xsl:apply-templates mode="s" select="cac:Item/cbc:Description|cbc:Note|cbc:RejectReason|cbc:OutstandingReason|cac:OrderLineReference/cbc:LineID|cac:Item/cac:BuyersItemIdentification/cbc:ID|cac:Item/cac:ManufacturersItemIdentification/cbc:ID|cac:Item/cac:AdditionalItemIdentification/cbc:ID|cac:Item/cac:ItemInstance/cbc:*"/></div></td>
«quantity_cells»</tr></xsl:for-each>
</tbody></table></div>
<table class="h b"><tr><td class="e"><h2>«l:deliverer»</h2><xsl:value-of select="cac:DespatchSupplierParty/cac:DespatchContact/cbc:Name"/></td><td><h2>«l:receiver»</h2><xsl:value-of select="cac:DeliveryCustomerParty/cac:DeliveryContact/cbc:Name"/></td></tr></table>
