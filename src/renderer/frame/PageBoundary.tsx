import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../components/ErrorNotice.tsx';

interface PageBoundaryProps {
  /** Another place is another page: what was wrong with the last one is over. */
  place: string;
  children: ReactNode;
}

interface State {
  error: unknown;
  place: string;
}

/** Keeps a page that can't be drawn from taking the frame with it. */
export class PageBoundary extends Component<PageBoundaryProps, State> {
  override state: State = { error: null, place: this.props.place };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: PageBoundaryProps, state: State): Partial<State> | null {
    return props.place === state.place ? null : { error: null, place: props.place };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Broken error={this.state.error} onAgain={() => this.setState({ error: null })} />;
  }
}

function Broken({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { t } = useTranslation('frame');
  return (
    <ErrorNotice
      error={error}
      title={t('pageBroken.title')}
      action={
        <Button variant="default" size="compact-md" onClick={onAgain}>
          {t('pageBroken.retry')}
        </Button>
      }
    />
  );
}
