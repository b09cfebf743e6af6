"""GİB's test plan as a program: every step put to a platform under test, and a report that shows what was found.

Sources: e-Fatura Test Planı V1.3; Özel Entegrasyon Kılavuzu V1.13, 6.
"""
