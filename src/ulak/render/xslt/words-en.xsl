<xsl:template name="en"><xsl:param name="d"/><xsl:param name="u" select="'quadrillion trillion billion million thousand '"/>
<xsl:variable name="a" select="substring($d,1,1)"/><xsl:variable name="t" select="substring($d,2,2)"/><xsl:variable name="o" select="'         one      two      three    four     five     six      seven    eight    nine     ten      eleven   twelve   thirteen fourteen fifteen  sixteen  seventeeneighteen nineteen '"/>
<xsl:if test="$a &gt; 0"><xsl:value-of select="concat(substring($o,$a*9+1,9),' hundred ')"/></xsl:if>
<xsl:if test="$t &gt; 19"><xsl:value-of select="normalize-space(substring('twenty thirty forty  fifty  sixty  seventyeighty ninety ',(substring($t,1,1)-2)*7+1,7))"/><xsl:choose><xsl:when test="$t mod 10 &gt; 0">-</xsl:when><xsl:otherwise><xsl:text> </xsl:text></xsl:otherwise></xsl:choose></xsl:if>
<xsl:choose><xsl:when test="$t &gt; 19"><xsl:value-of select="concat(substring($o,($t mod 10)*9+1,9),' ')"/></xsl:when><xsl:otherwise><xsl:value-of select="concat(substring($o,$t*9+1,9),' ')"/></xsl:otherwise></xsl:choose>
<xsl:if test="$d and $a+$t &gt; 0"><xsl:value-of select="concat(substring-before($u,' '),' ')"/></xsl:if>
<xsl:if test="string-length($d) &gt; 3"><xsl:call-template name="en"><xsl:with-param name="d" select="substring($d,4)"/><xsl:with-param name="u" select="substring-after($u,' ')"/></xsl:call-template></xsl:if>
</xsl:template>
