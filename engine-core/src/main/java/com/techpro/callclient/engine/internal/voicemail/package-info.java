// SPDX-License-Identifier: Apache-2.0
/** The user's mailbox in the engine: the list of messages, and operations on it. */
@NullMarked
package com.techpro.callclient.engine.internal.voicemail;

import org.jspecify.annotations.NullMarked;
