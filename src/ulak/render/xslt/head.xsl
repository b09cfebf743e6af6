<table class="k"><tr>
<td>«?logo»<p><img alt="" src="«logo»"/></p>«/logo»<xsl:apply-templates mode="p" select="«issuer»"/></td>
<td>«?emblem»<img class="e" alt="«administration»" src="«emblem»"/>«/emblem»«!emblem»<small>«administration»</small>«/emblem»<h1>«heading»</h1></td>
<td><xsl:for-each select="cac:AdditionalDocumentReference[cbc:DocumentType='KAREKOD']/cac:Attachment/cbc:EmbeddedDocumentBinaryObject[@mimeCode='image/png']"><img class="q" alt="«verify»" src="data:image/png;base64,{.}"/></xsl:for-each></td>
</tr></table>
