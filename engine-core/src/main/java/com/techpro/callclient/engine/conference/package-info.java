// SPDX-License-Identifier: Apache-2.0
/** Conference rooms, and who is in them. */
@NullMarked
package com.techpro.callclient.engine.conference;

import org.jspecify.annotations.NullMarked;
