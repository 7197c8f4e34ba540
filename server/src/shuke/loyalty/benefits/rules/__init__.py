"""Pure decisions of benefits: what each kind gives, and on which days whose occasion it is."""
