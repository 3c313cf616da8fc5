// SPDX-License-Identifier: Apache-2.0
/** Sound kept encrypted for as long as it is played. */
@NullMarked
package com.techpro.callclient.engine.internal.voicemail.cache;

import org.jspecify.annotations.NullMarked;
