"""Give every figure its status: placed, recovered, conflicting or withheld, each with its proof."""
