// SPDX-License-Identifier: Apache-2.0
/** Conference rooms at a focus: RFC 4579, RFC 4575. */
@NullMarked
package com.techpro.callclient.engine.internal.conference;

import org.jspecify.annotations.NullMarked;
