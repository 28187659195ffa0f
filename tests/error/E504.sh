# expect error E504
"$JITEGRAL" compile 'double(x) = x' -o f.o
