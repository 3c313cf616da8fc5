// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import java.time.Instant;

/**
 * What changed at one end besides messages: a state of a call, its media, where its keys are from. It must say no key.
 *
 * @param who the name of a lane; that of another makes a mark across all
 */
public record StateMark(Instant at, String who, String text) {}
