// SPDX-License-Identifier: Apache-2.0
/**
 * Who is in a call: the caller, whom a number means, who was asked first, the focus of a
 * conference.
 */
@NullMarked
package com.techpro.callclient.engine.internal.call.party;

import org.jspecify.annotations.NullMarked;
