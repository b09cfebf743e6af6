<xsl:template name="tr"><xsl:param name="d"/><xsl:param name="u" select="'katrilyon trilyon milyar milyon bin '"/>
<xsl:variable name="a" select="substring($d,1,1)"/><xsl:variable name="b" select="substring($d,2,1)"/><xsl:variable name="c" select="substring($d,3,1)"/><xsl:variable name="o" select="'      bir   iki   üç    dört  beş   altı  yedi  sekiz dokuz '"/>
<xsl:if test="$a &gt; 1"><xsl:value-of select="concat(substring($o,$a*6+1,6),' ')"/></xsl:if><xsl:if test="$a &gt; 0">yüz </xsl:if>
<xsl:value-of select="concat(substring('       on     yirmi  otuz   kırk   elli   altmış yetmiş seksen doksan ',$b*7+1,7),' ')"/>
<xsl:if test="not($a+$b=0 and $c=1 and starts-with($u,'bin'))"><xsl:value-of select="concat(substring($o,$c*6+1,6),' ')"/></xsl:if>
<xsl:if test="$a+$b+$c &gt; 0"><xsl:value-of select="concat(substring-before($u,' '),' ')"/></xsl:if>
<xsl:if test="string-length($d) &gt; 3"><xsl:call-template name="tr"><xsl:with-param name="d" select="substring($d,4)"/><xsl:with-param name="u" select="substring-after($u,' ')"/></xsl:call-template></xsl:if>
</xsl:template>
