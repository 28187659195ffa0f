# expect error E402
yes 1+ | tr -d "\n" | head -c 2000000 | { cat; echo 1; } | "$JITEGRAL"
