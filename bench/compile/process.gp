print(intnum(x = 0, Pi/2, cos(x)*x));
quit
