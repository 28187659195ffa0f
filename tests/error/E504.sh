# expect error E504
"$JITEGRAL" compile 'f(x) = gamma(x)' -o f.o
