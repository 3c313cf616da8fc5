// SPDX-License-Identifier: Apache-2.0
/** The ring and the call progress tones. */
@NullMarked
package com.techpro.callclient.engine.tone;

import org.jspecify.annotations.NullMarked;
