"""COMTECO: post-sale procedures A to J (GC-PRC-OPE-ASE-03)."""
