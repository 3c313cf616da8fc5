// SPDX-License-Identifier: Apache-2.0
/** Subscriptions and notifications (RFC 6665), including message waiting (RFC 3842). */
@NullMarked
package com.techpro.callclient.testkit.pbx.subscription;

import org.jspecify.annotations.NullMarked;
