"""The kernel: the same rules as integers, one array and one small loop over enterprises, at the speed of the machine."""
