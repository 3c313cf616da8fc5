// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import java.time.Instant;

/**
 * A change at one endpoint other than a message: a call's state, its media, its kind of keys. It
 * must contain no key.
 *
 * @param who the name of a lane; another name makes a mark across all lanes
 */
public record StateMark(Instant at, String who, String text) {}
