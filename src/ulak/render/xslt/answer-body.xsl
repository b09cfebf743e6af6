<table class="h"><tr>
<td><h2>«l:answer_receiver»</h2><xsl:apply-templates mode="p" select="cac:ReceiverParty"/></td>
<td><table class="f"><xsl:apply-templates mode="f" select="cbc:ID"/><xsl:apply-templates mode="f" select="cbc:ProfileID|cbc:IssueDate|cbc:IssueTime"/><xsl:apply-templates mode="f" select="cbc:UUID"/></table></td>
</tr></table>
<xsl:for-each select="cac:DocumentResponse"><div class="b"><h2>«l:answer»</h2>
<b class="n"><xsl:choose><xsl:when test="cac:Response/cbc:ResponseCode='KABUL'">«l:answer_accepted»</xsl:when><xsl:when test="cac:Response/cbc:ResponseCode='RED'">«l:answer_rejected»</xsl:when><xsl:when test="cac:Response/cbc:ResponseCode='IADE'">«l:answer_returned»</xsl:when><xsl:otherwise><xsl:value-of select="cac:Response/cbc:ResponseCode"/></xsl:otherwise></xsl:choose></b>
<xsl:for-each select="cac:Response/cbc:Description"><p><xsl:value-of select="."/></p></xsl:for-each>
<table class="f m"><xsl:apply-templates mode="f" select="cac:DocumentReference"/></table>
<xsl:for-each select="cac:LineResponse[cac:LineReference/cbc:LineID!='']"><p class="s"><xsl:value-of select="concat(cac:LineReference/cbc:LineID,' ',cac:Response/cbc:ResponseCode,' ',cac:Response/cbc:Description)"/></p></xsl:for-each></div></xsl:for-each>
