# expect error E101
printf "1 + \377\n" | "$JITEGRAL"
