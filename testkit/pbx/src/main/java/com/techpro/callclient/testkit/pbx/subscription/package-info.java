// SPDX-License-Identifier: Apache-2.0
/** Subscriptions and notifications (RFC 6665), message lamps (RFC 3842) among them. */
@NullMarked
package com.techpro.callclient.testkit.pbx.subscription;

import org.jspecify.annotations.NullMarked;
