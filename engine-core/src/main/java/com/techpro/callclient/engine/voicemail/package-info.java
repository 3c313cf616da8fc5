// SPDX-License-Identifier: Apache-2.0
/** The messages that callers left, and playing them. */
@NullMarked
package com.techpro.callclient.engine.voicemail;

import org.jspecify.annotations.NullMarked;
