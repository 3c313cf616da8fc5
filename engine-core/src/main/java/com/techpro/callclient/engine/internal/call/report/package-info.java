// SPDX-License-Identifier: Apache-2.0
/** What the host is told of a call: snapshots, events, alerting. */
@NullMarked
package com.techpro.callclient.engine.internal.call.report;

import org.jspecify.annotations.NullMarked;
