"""Room of CAPERA S.A.C. (Peru): complaints, from reception to the closed register."""
