// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

/**
 * What one stall of the machine can explain.
 *
 * @param where in samples since the first one heard: from the stall's begin until its gap can be heard at the latest
 * @param most how much speech can be missing because of it, in samples
 */
public record Excuse(Span where, int most) {}
