// SPDX-License-Identifier: Apache-2.0
/** What networks, gateways, codecs and rooms do to speech, done to recordings: to prove what a judge of speech hears, and what it lets pass. */
@NullMarked
package com.techpro.callclient.testkit.soak.degrade;

import org.jspecify.annotations.NullMarked;
