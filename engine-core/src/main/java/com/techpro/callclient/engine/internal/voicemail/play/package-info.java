// SPDX-License-Identifier: Apache-2.0
/** A message on its way from the mailbox to the loudspeaker. */
@NullMarked
package com.techpro.callclient.engine.internal.voicemail.play;

import org.jspecify.annotations.NullMarked;
