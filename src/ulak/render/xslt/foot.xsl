<xsl:if test="cbc:Note">
<div class="b"><h2>«l:notes»</h2><xsl:for-each select="cbc:Note"><p><xsl:value-of select="."/></p></xsl:for-each></div>
</xsl:if>
«?note»<div class="b"><p>«note_text»</p></div>«/note»
«?bank»<div class="b"><h2>«l:bank»</h2><table>«bank_rows»</table></div>«/bank»
«?signature»<div class="b r"><h2>«l:signature»</h2><img alt="" src="«signature»"/></div>«/signature»
