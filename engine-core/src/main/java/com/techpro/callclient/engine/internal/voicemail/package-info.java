// SPDX-License-Identifier: Apache-2.0
/** The user's mailbox as the engine keeps it: the list, and what is done with it. */
@NullMarked
package com.techpro.callclient.engine.internal.voicemail;

import org.jspecify.annotations.NullMarked;
