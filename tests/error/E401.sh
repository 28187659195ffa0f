# expect error E401
yes 1+ | head -n 2500000 | { cat; echo 1; } | "$JITEGRAL"
