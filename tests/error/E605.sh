# expect error E605
env PATH=/nowhere "$JITEGRAL" plot 'sin(x), 0..1' -o sin.svg
