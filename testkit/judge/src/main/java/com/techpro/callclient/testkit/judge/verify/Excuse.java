// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

/**
 * The gaps that one stall of the machine can explain.
 *
 * @param where in samples since the first one heard: from the stall's begin until its gap is heard
 *     at the latest
 * @param most the most samples of speech that it can remove
 */
public record Excuse(Span where, int most) {}
