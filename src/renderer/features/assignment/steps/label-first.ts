/** The hint goes below its field, so that fields side by side stand on one line. */
export const labelFirst: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];
