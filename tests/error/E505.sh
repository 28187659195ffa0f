# expect error E505
"$JITEGRAL" compile 'f(x) = x' -o f.o --emit tape
