// SPDX-License-Identifier: Apache-2.0
/** The jitter buffer beside others: the same packets, judged by the same measure. */
@NullMarked
package com.techpro.callclient.testkit.cli.bench.playout;

import org.jspecify.annotations.NullMarked;
