// SPDX-License-Identifier: Apache-2.0
/**
 * Troubleshooting: a trace of the SIP messages, refused requests, and a report for a support
 * ticket.
 */
@NullMarked
package com.techpro.callclient.engine.diagnostics;

import org.jspecify.annotations.NullMarked;
