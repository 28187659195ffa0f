# expect error E604
"$JITEGRAL" --no-such-option
