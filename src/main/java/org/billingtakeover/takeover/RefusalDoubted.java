package org.billingtakeover.takeover;

import org.billingtakeover.kernel.TakeoverKey;

/** Somebody was told what the platform refuses, and may have mended it since. */
record RefusalDoubted(TakeoverKey takeover) {}
