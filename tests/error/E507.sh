# expect error E507
"$JITEGRAL" compile 'f(x) = x' -o f.o --target z80-cpm
