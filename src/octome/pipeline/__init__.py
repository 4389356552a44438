"""Figure C.8.17.14-1 of PS3.3 as code: from an acquisition, or stored instances, to the chain."""
