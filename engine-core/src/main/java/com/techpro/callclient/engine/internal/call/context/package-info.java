// SPDX-License-Identifier: Apache-2.0
/** What the calls of a client share: settings, microphone, audio. */
@NullMarked
package com.techpro.callclient.engine.internal.call.context;

import org.jspecify.annotations.NullMarked;
