<xsl:template mode="w«language»" match="*">
<xsl:variable name="m" select="substring-before(concat(translate(normalize-space(.),'-',''),'.'),'.')"/>
<xsl:variable name="k" select="substring(concat(substring-after(normalize-space(.),'.'),'00'),1,2)"/>
<xsl:variable name="v" select="substring-before(substring-after('«currencies»',concat('|',@currencyID,':')),'|')"/>
<xsl:variable name="s"><xsl:if test="starts-with(normalize-space(.),'-') and translate(.,'-0. ','')!=''">«minus» </xsl:if><xsl:if test="translate($m,'0','')=''">«zero» </xsl:if>
<xsl:call-template name="«language»"><xsl:with-param name="d" select="substring(concat('000000000000000000',$m),string-length($m)+1)"/></xsl:call-template>
<xsl:choose><xsl:when test="$v=''"><xsl:value-of select="@currencyID"/><xsl:if test="$k!='00'"><xsl:value-of select="concat(' ',$k,'/100')"/></xsl:if></xsl:when><xsl:otherwise><xsl:value-of select="concat(substring-before($v,'/'),' ')"/><xsl:if test="$k!='00'"><xsl:call-template name="«language»"><xsl:with-param name="d" select="concat('0',$k)"/><xsl:with-param name="u" select="' '"/></xsl:call-template><xsl:value-of select="substring-after($v,'/')"/></xsl:if></xsl:otherwise></xsl:choose></xsl:variable>
<xsl:if test="string-length($m) &lt; 19"><p>«only» <b><xsl:value-of select="normalize-space($s)"/></b></p></xsl:if>
</xsl:template>
