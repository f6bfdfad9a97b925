"""The reception hall: who comes is routed, waits with a number and is called (COM-DSC-P01)."""
